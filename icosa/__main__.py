"""`python -m icosa` is `icosa`."""

from icosa.cli import main

if __name__ == "__main__":
    main()
