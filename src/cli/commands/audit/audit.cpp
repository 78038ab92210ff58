#include "cli/commands/audit/audit.h"

namespace xai::cli {

std::vector<Command> audit_commands() {
  std::vector<Command> list;
  list.push_back(
      {.name = "list-audit-events",
       .group = Group::audit,
       .summary = "List who did what to settings, keys and members",
       .description =
           "Every page is fetched unless --limit cuts the list. --follow shows new events as they "
           "come, until a signal ends it; without --since it begins with the last ten. --cursor is "
           "for shipping events to a log: FILE keeps where the last run stopped, and is written "
           "only after the events were; an event may come twice, none is left out.",
       .examples = {"list-audit-events --since 7d --query key",
                    "list-audit-events --cursor audit.cursor --output jsonl"},
       .formats = {"text", "json", "jsonl", "csv"},
       .declare = declare_list_audit_events});
  return list;
}

}  // namespace xai::cli
