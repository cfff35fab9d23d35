"""`python3 -m datapipeline_client` is the command `datapipeline`."""

from datapipeline_client.command.main import main

if __name__ == "__main__":
    main()
