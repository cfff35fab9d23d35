"""Entry point inside the sandbox: `python3 -I -B -u -X utf8 /opt/engine /run/pipeline/s.sock`."""

from pipeline_engine.sandbox import main

if __name__ == "__main__":
    main()
