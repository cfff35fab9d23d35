package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.http.download.Answer;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.results.export.ResultFormat;
import dev.datapipeline.results.export.ResultPacking;
import dev.datapipeline.results.export.ResultSelection;
import dev.datapipeline.results.export.TableOptions;
import dev.datapipeline.results.export.csv.CsvParameters;
import dev.datapipeline.results.export.sample.ResultEstimate;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.failure.RecordQuery;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/runs/{id}/results")
@Tag(name = "runs")
class ResultResource {
    /** Bytes that may be queued before the network takes them; with fewer, writer and network wait for each other. */
    private static final int QUEUE_BYTES = 1024 * 1024;

    private final VisibleRuns runs;
    private final ResultExporter exporter;
    private final DownloadLimiter downloads;
    private final RecordTotals totals;
    private final ObjectWriter estimates;

    ResultResource(
            VisibleRuns runs,
            ResultExporter exporter,
            DownloadLimiter downloads,
            RecordTotals totals,
            ObjectMapper mapper) {
        this.runs = runs;
        this.exporter = exporter;
        this.downloads = downloads;
        this.totals = totals;
        this.estimates = mapper.writerFor(EstimateResponse.class);
    }

    @GET
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "downloadResults",
            summary = "Results of the finished records in input order, streamed",
            description = "The name of the file says what is in it.")
    @APIResponse(responseCode = "200", description = "The document, as an attachment")
    public Response download(
            @RestPath UUID id,
            @BeanParam ExportParameters parameters,
            @BeanParam RecordFilterParameters filter,
            @BeanParam CsvParameters csv,
            @Context HttpServerResponse connection) {
        RecordQuery query = filter.query();
        ResultSelection selection = parameters.selection(query);
        ResultFormat format = parameters.format();
        CsvOptions options = csvOptions(csv, format);
        boolean isZip = parameters.isZip();
        Run run = runs.find(id);
        RunSpec spec = exporter.find(run.ref());
        connection.setWriteQueueMaxSize(QUEUE_BYTES);
        String fileName = ResultFileName.of(run, query, parameters.viewName(), format);
        Answer document = answer(spec, selection, format, options);
        return isZip
                ? attachment(ResultPacking.zip(fileName, document), "application/zip", fileName + ".zip")
                : attachment(document, format.contentType(), fileName);
    }

    private Response attachment(Answer document, String contentType, String fileName) {
        return Response.ok(downloads.file(document), contentType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    @GET
    @Path("/estimate")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "estimateResults",
            summary = "How many records a download has, and about how large it is, without packing",
            description = "Takes the parameters of the download. Reads a sample of up to 1,024 records and 16 MB.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EstimateResponse.class)))
    public StreamingOutput estimate(
            @RestPath UUID id,
            @BeanParam ExportParameters parameters,
            @BeanParam RecordFilterParameters filter,
            @BeanParam CsvParameters csv) {
        ResultSelection selection = parameters.selection(filter.query());
        ResultFormat format = parameters.format();
        CsvOptions options = csvOptions(csv, format);
        Run run = runs.find(id);
        RunSpec spec = exporter.find(run.ref());
        return downloads.list((target, client) -> {
            ResultEstimate sample =
                    exporter.estimate(spec, selection, run.records, new TableOptions(format, options), client);
            estimates.writeValue(
                    target,
                    EstimateResponse.of(
                            totals.of(run, selection),
                            sample,
                            ResultFileName.of(run, selection.query(), parameters.viewName(), format)
                                    + (parameters.isZip() ? ".zip" : "")));
        });
    }

    private static CsvOptions csvOptions(CsvParameters csv, ResultFormat format) {
        if (!format.isDelimited()) {
            csv.rejectAny();
        }
        return format == ResultFormat.TSV ? csv.options().separatedBy('\t') : csv.options();
    }

    private Answer answer(RunSpec run, ResultSelection selection, ResultFormat format, CsvOptions csv) {
        return switch (format) {
            case CSV, TSV -> (target, client) -> exporter.writeCsv(run, selection, csv, target, client);
            case XLSX -> (target, client) -> exporter.writeExcel(run, selection, target, client);
            case PARQUET -> (target, client) -> exporter.writeParquet(run, selection, target, client);
            case NDJSON -> (target, client) -> exporter.writeLines(run, selection, target, client);
            case JSON -> (target, client) -> exporter.writeArray(run, selection, target, client);
        };
    }

    @Schema(name = "ResultEstimate")
    record EstimateResponse(
            @Schema(description = "Records; null where only reading each of them could tell") @Nullable
            Long records,

            @Schema(description = "About so many bytes; null where the records are") @Nullable
            Long bytes,

            @Schema(description = "About so many bytes for each record")
            long bytesPerRecord,

            @Schema(description = "The name of the file") String fileName) {
        static EstimateResponse of(@Nullable Long records, ResultEstimate sample, String fileName) {
            return new EstimateResponse(
                    records,
                    records == null ? null : bytes(records, sample),
                    Math.round(sample.bytesPerRow()),
                    fileName);
        }

        private static long bytes(long records, ResultEstimate sample) {
            return records == sample.rows() ? sample.bytes() : Math.round(records * sample.bytesPerRow());
        }
    }
}
