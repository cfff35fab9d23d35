package dev.datapipeline.dataset;

import dev.datapipeline.dataset.upload.ReadingParameters;
import dev.datapipeline.dataset.upload.SeparatorParameter;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.dataset.upload.UploadCoding;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.label.LabelRequest;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.project.CurrentAccess;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets")
class DatasetResource {
    private static final String PATH = "/api/v1/datasets/";

    private final DatasetService datasets;
    private final RecordPreview preview;
    private final DownloadLimiter downloads;
    private final VisibleDatasets visible;
    private final CurrentAccess access;

    DatasetResource(
            DatasetService datasets,
            RecordPreview preview,
            DownloadLimiter downloads,
            VisibleDatasets visible,
            CurrentAccess access) {
        this.datasets = datasets;
        this.preview = preview;
        this.downloads = downloads;
        this.visible = visible;
        this.access = access;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "uploadDataset", summary = "Upload a dataset as it is, in gzip, or in a zip archive")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/vnd.apache.parquet",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/zip", schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponseSchema(value = DatasetResponse.class, responseCode = "201")
    @APIResponse(
            responseCode = "200",
            description = "The same upload came before with the same Idempotency-Key",
            content = @Content(schema = @Schema(implementation = DatasetResponse.class)))
    public RestResponse<DatasetResponse> upload(
            @RestQuery @Nullable String name,
            @Parameter(
                            description =
                                    "What separates the columns of a table: , ; | tab or another sign; found out from the content by default")
                    @RestQuery
                    @Nullable
                    String separator,
            @Parameter(
                            description =
                                    "JSON Pointer (RFC 6901) of the list of records in a JSON document, such as /features")
                    @RestQuery
                    @Nullable
                    String records,
            @Parameter(description = "The file in a zip archive that is the dataset; the only one by default")
                    @RestQuery
                    @Nullable
                    String member,
            @Parameter(
                            description =
                                    "The name of the sheet of an Excel workbook; the first one that is not hidden by default")
                    @RestQuery
                    @Nullable
                    String sheet,
            @RestHeader(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
            @Parameter(hidden = true) @RestHeader(HttpHeaders.CONTENT_LENGTH) @Nullable Long contentLength,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @Context HttpServerRequest request,
            InputStream body) {
        boolean isGzip = UploadCoding.isGzip(contentEncoding);
        ReadingParameters reading =
                new ReadingParameters(SeparatorParameter.of(separator, request), records, member, sheet);
        Upload upload = Upload.of(name, contentType, reading).withKey(idempotencyKey);
        long length = contentLength == null ? 0 : contentLength;
        UploadResult result = datasets.upload(access.get(), upload, body, length, isGzip);
        return RestResponse.ResponseBuilder.create(
                        result.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        DatasetResponse.of(result.dataset()))
                .header(HttpHeaders.LOCATION, PATH + result.dataset().id())
                .build();
    }

    @GET
    @Operation(operationId = "listDatasets", summary = "The datasets, newest first unless told otherwise")
    public Page<DatasetSummary> list(
            @BeanParam DatasetFilter filter,
            @RestQuery @DefaultValue("NEWEST") DatasetSort sort,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable ListCursor cursor) {
        ListOrder<DatasetSummary> order = sort.order();
        List<DatasetSummary> found =
                datasets.list(filter.conditions(access.get()).after(cursor, order, "d.id"), order, limit + 1);
        return Page.of(found, limit, dataset -> order.after(dataset, dataset.id()));
    }

    @GET
    @Path("/totals")
    @Operation(operationId = "sumDatasets", summary = "How many datasets there are, with sums")
    public DatasetTotals totals(@BeanParam DatasetFilter filter) {
        return datasets.totals(filter.conditions(access.get()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getDataset", summary = "A dataset")
    public DatasetResponse get(@RestPath UUID id) {
        return DatasetResponse.of(visible.find(id));
    }

    @GET
    @Path("/{id}/records")
    @Operation(
            operationId = "listDatasetRecords",
            summary = "Records of a dataset in their order, as they were uploaded")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RecordPreview.Records.class)))
    public StreamingOutput records(
            @RestPath UUID id,
            @RestQuery @DefaultValue("0") @Min(0) long offset,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit) {
        Dataset dataset = visible.find(id);
        return downloads.list((target, client) -> preview.write(dataset, offset, limit, target));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "labelDataset", summary = "Change the name, note, tags and star of a dataset")
    public DatasetResponse label(@RestPath UUID id, LabelRequest request) {
        datasets.label(visible.find(id), request.checked());
        return get(id);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteDataset", summary = "Delete a dataset that no run uses")
    public void delete(@RestPath UUID id) {
        datasets.delete(visible.find(id));
    }
}
