"""Files and records of the caller: what is uploaded, what is saved, pipelines in folders."""
