"""No models: the module makes `post_migrate` reach the package, which then writes the guards."""
