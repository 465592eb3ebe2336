"""To read this module is to build the application: the process that does has children that find it ready."""

from tests import processes

processes.built()
