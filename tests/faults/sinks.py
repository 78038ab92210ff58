def sinks_cells(programs, operation, is_long):
    return []
