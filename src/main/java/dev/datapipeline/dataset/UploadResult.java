package dev.datapipeline.dataset;

/** @param isNew false when the same upload came before with the same idempotency key */
record UploadResult(Dataset dataset, boolean isNew) {}
