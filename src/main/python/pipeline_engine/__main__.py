"""Try a pipeline without the service: `python3 -m pipeline_engine pipeline.json data.json`."""

from pipeline_engine.local.command_line import main

if __name__ == "__main__":
    main()
