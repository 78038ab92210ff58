#include "base/try.h"
#include "emulator/nulls.h"
#include "emulator/routes/routes.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::emulator::routes {

template <>
Result<HttpResponse> answer(Call& call, const management::ValidateManagementKey&) {
  std::string body;
  json::Writer encoder{body};
  write_answer(encoder, call.caller, call.state.nulls);
  if (!call.caller.team_id.empty()) return reply(std::move(body));
  // An organization's key has no team at all, or null, not an empty one.
  const auto document = TRY(json::Document::parse(std::move(body)));
  std::string without_team;
  json::Writer writer{without_team};
  writer.begin_object();
  for (const json::Member& member : document.root().members()) {
    const bool is_team = member.name == "teamId";
    if (is_team && !call.state.nulls) continue;
    writer.key(member.name);
    writer.value(is_team ? json::Value{} : member.value);
  }
  writer.end_object();
  return reply(std::move(without_team));
}

}  // namespace xai::emulator::routes
