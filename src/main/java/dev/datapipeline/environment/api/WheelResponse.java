package dev.datapipeline.environment.api;

import dev.datapipeline.environment.wheel.store.UploadedWheel;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An uploaded wheel.
 *
 * @param name of the package, normalised
 */
@Schema(name = "Wheel")
record WheelResponse(
        @Schema(required = true) String filename,
        @Schema(required = true) String name,
        @Schema(required = true) String version,
        @Schema(required = true) String sha256,
        @Schema(required = true) long size) {
    static WheelResponse of(UploadedWheel wheel) {
        return new WheelResponse(
                wheel.name().filename(),
                wheel.name().project(),
                wheel.name().version().toString(),
                wheel.sha256(),
                wheel.size());
    }

    /** All uploaded wheels, or those of one upload. */
    @Schema(name = "WheelList")
    record Wheels(@Schema(required = true) List<WheelResponse> items) {
        static Wheels of(List<UploadedWheel> wheels) {
            return new Wheels(wheels.stream().map(WheelResponse::of).toList());
        }
    }
}
