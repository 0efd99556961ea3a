"""The pages of a package: everything in it for people, in a browser and without Bekwaam."""
