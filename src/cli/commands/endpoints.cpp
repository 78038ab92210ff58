#include "base/try.h"
#include "cli/command.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

Cell endpoint_cell(const EndpointAcl& acl, const Session&) {
  return {std::string{Acl{acl.acl}.endpoint_name()}};
}

Status list_endpoints(Session& session, const ColumnsInput& input) {
  auto list = TRY(List<EndpointAcl>::open(session, input.columns));
  auto answer = TRY(exchange(session, ListPossibleEndpointAcls{}));
  const auto items = document_of(answer).find("acls").items();
  for (std::size_t i = 0; i < items.size(); ++i) list.add(answer.value.acls[i], items[i]);
  list.end();
  return ExitCode::done;
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

Command list_endpoints_command() {
  return {.name = "list-endpoints",
          .group = Group::access,
          .summary = "List the endpoints that a key can be granted",
          .description = "The names are what create-key takes as --endpoint.",
          .examples = {"list-endpoints", "list-endpoints --output csv"},
          .formats = {"text", "json", "csv"},
          .declare = declare_with<ColumnsInput, list_endpoints>};
}

}  // namespace xai::cli
