def crowd_cells(programs, operation, is_long):
    return []
