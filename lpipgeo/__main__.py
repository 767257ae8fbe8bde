"""`python -m lpipgeo`: the library from the command line."""

import sys

from lpipgeo.cli import main

sys.exit(main())
