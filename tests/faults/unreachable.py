def unreachable_cells(programs, operation, is_long):
    return []
