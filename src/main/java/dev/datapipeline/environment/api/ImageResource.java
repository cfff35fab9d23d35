package dev.datapipeline.environment.api;

import dev.datapipeline.sandbox.image.BaseImages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The base images that pipelines can choose. What they are is for administrators only. */
@Path("/api/v1/images")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Environments")
class ImageResource {
    private final BaseImages images;

    ImageResource(BaseImages images) {
        this.images = images;
    }

    @Schema(name = "ImageList")
    record ImageList(@Schema(required = true) List<Image> items) {}

    /** @param isDefault whether pipelines have it that choose none */
    @Schema(name = "Image")
    record Image(
            @Schema(required = true) String name,
            @Schema(required = true) boolean isDefault) {
        static Image of(String name) {
            return new Image(name, name.equals(BaseImages.DEFAULT));
        }
    }

    @GET
    @Operation(operationId = "listImages", summary = "Base images of sandboxes that pipelines can choose by name")
    public ImageList list() {
        return new ImageList(images.names().stream().map(Image::of).toList());
    }
}
