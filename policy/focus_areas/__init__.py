"""Focus areas: places in which cases cluster, proposed by us and decided on by people."""
