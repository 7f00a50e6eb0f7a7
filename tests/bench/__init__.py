"""How fast the product is beside a bare page on the same machine, in the same run."""
