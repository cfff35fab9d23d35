package dev.datapipeline.project.api;

import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.Quotas;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of a project; what is absent is that of the settings.
 *
 * @param modelMoney dollars a month, as decimal text
 */
@Schema(name = "ProjectQuotasRequest")
record QuotasRequest(
        @Nullable Integer openRuns,
        @Nullable Long storageBytes,
        @Nullable Integer trials,
        @Nullable String modelMoney) {
    /** @throws ProblemException OUT_OF_RANGE */
    Quotas checked() {
        require(openRuns, "openRuns");
        require(storageBytes, "storageBytes");
        require(trials, "trials");
        return new Quotas(openRuns, storageBytes, trials, money());
    }

    private static void require(@Nullable Number number, String name) {
        if (number != null && number.longValue() < 0) {
            throw wrong(name, "must be 0 or more");
        }
    }

    private @Nullable Long money() {
        if (modelMoney == null) {
            return null;
        }
        try {
            long money = Picodollars.ofDollars(modelMoney).value();
            require(money, "modelMoney");
            return money;
        } catch (NumberFormatException | ArithmeticException none) {
            throw wrong("modelMoney", "must be dollars as decimal text, such as 25.00");
        }
    }

    private static ProblemException wrong(String name, String message) {
        return ProblemException.invalidField(
                ProblemType.OUT_OF_RANGE, "/quotas/" + name, "The quota " + name + " " + message + ".");
    }
}
