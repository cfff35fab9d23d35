"""What a sandbox does for a build of an environment, instead of running a pipeline.

`Builder` handles the frames. Each task runs in a `Worker`, a child process without the socket to the service, because
packages are untrusted like scripts. Nothing of a package is executed, only parsed, and no file of an environment is
written here.
"""
