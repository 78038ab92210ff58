#include <memory>

#include "base/try.h"
#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

Cell endpoint_cell(const EndpointAcl& acl, const Session&) {
  return {std::string{Acl{acl.acl}.endpoint_name()}};
}

Status list_endpoints(Session& session, const std::string& typed_columns) {
  auto list = TRY(List<EndpointAcl>::open(session, typed_columns));
  auto answer = TRY(exchange(session, ListPossibleEndpointAcls{}));
  const auto items = wire::canonical<ListPossibleEndpointAclsResponse>(answer.document.root(),
                                                                       answer.document.arena())
                         .find("acls")
                         .items();
  for (std::size_t i = 0; i < items.size(); ++i) list.add(answer.value.acls[i], items[i]);
  list.end();
  return ExitCode::done;
}

Run declare_list_endpoints(Options& options) {
  auto columns = std::make_shared<std::string>();
  declare_columns(options, *columns);
  return [columns](Session& session) { return list_endpoints(session, *columns); };
}

}  // namespace

template <>
const std::vector<ListColumn<EndpointAcl>>& columns<EndpointAcl>() {
  static const std::vector<ListColumn<EndpointAcl>> all{
      {{"acl", "ACL", 2}, csv_member<&EndpointAcl::acl>},
      {{"description", "DESCRIPTION", 3}, csv_member<&EndpointAcl::description>},
      {{"namespace", "NAMESPACE"}, csv_member<&EndpointAcl::name_space>},
      {{"key", "KEY"}, csv_member<&EndpointAcl::key>},
      {{"value", "VALUE"}, csv_member<&EndpointAcl::value>},
      {{"endpoint", "ENDPOINT", 1, false}, nullptr, endpoint_cell}};
  return all;
}

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
