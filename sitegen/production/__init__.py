"""Running the jobs of a build: leave out what is still right, render the rest in workers, publish, remember."""
