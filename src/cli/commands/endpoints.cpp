#include "base/try.h"
#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

Status list_endpoints(Session& session) {
  auto answer = TRY(exchange(session, ListPossibleEndpointAcls{}));
  const auto items = wire::canonical<ListPossibleEndpointAclsResponse>(answer.document.root(),
                                                                       answer.document.arena())
                         .find("acls")
                         .items();
  JsonArray array{session.output()};
  Table table{session.output(), {{"ENDPOINT"}, {"ACL"}, {"DESCRIPTION"}}};
  if (session.format() == Format::csv)
    print_csv_header(session.output(), {"acl", "description", "namespace", "key", "value"});
  for (std::size_t i = 0; i < items.size(); ++i) {
    const EndpointAcl& acl = answer.value.acls[i];
    switch (session.format()) {
      case Format::json:
        array.add(items[i]);
        break;
      case Format::jsonl:
        print_json_line(session.output(), items[i]);
        break;
      case Format::csv:
        print_csv(session.output(),
                  {{acl.acl}, {acl.description}, {acl.name_space}, {acl.key}, {acl.value}});
        break;
      case Format::text:
        table.add({{std::string{Acl{acl.acl}.endpoint_name()}}, {acl.acl}, {acl.description}});
    }
  }
  table.print();
  if (session.is_json()) array.end();
  return ExitCode::done;
}

Run declare_list_endpoints(Options&) { return list_endpoints; }

}  // namespace

std::vector<Command> endpoint_commands() {
  std::vector<Command> list;
  list.push_back({.name = "list-endpoints",
                  .group = Group::access,
                  .summary = "List the endpoints that a key can be granted",
                  .description = "The names are what create-key takes as --endpoint.",
                  .examples = {"list-endpoints", "list-endpoints --output csv"},
                  .formats = {"text", "json", "csv"},
                  .declare = declare_list_endpoints});
  return list;
}

}  // namespace xai::cli
