"""Running the jobs of a build: leave out what is still right, render the rest in workers, publish, remember."""

from sitegen.production.examine import check_bodies
from sitegen.production.produce import Produced, produce

__all__ = ["Produced", "check_bodies", "produce"]
