"""The process that imports the scripts and forks a batch process for every batch. It runs user code."""
