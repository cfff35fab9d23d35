package dev.datapipeline.identity.api;

import dev.datapipeline.identity.account.Accounts;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A link with which a person chooses a password once.
 *
 * @param path of the page, to be put behind the address of the service; shown this once
 */
@Schema(name = "PasswordLink")
record LinkResponse(String path, Instant expiresAt) {
    static LinkResponse of(Accounts.NewLink link) {
        return new LinkResponse("/choose-password#" + link.secret(), link.expiresAt());
    }
}
