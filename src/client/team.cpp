#include "client/team.h"

#include "base/not_sent.h"
#include "base/try.h"
#include "client/send.h"

namespace xai::client {

using management::Error;
using management::ErrorKind;
using management::Result;

Result<std::string> team_id(const management::Client& client, const Deadline& deadline) {
  const auto& pipeline = client.pipeline();
  if (!pipeline.options.team_id.empty()) return pipeline.options.team_id;
  // Threads that come here together wait for one answer instead of each asking.
  const std::scoped_lock lock{pipeline.team_mutex};
  if (!pipeline.team_of_key.empty()) return pipeline.team_of_key;
  const auto key = TRY(exchange(client, management::ValidateManagementKey{}, deadline));
  std::string team = key.value.team();
  if (team.empty())
    return base::invalid_argument("the management key belongs to no single team",
                                  "give the team id, for example in XAI_TEAM_ID");
  pipeline.team_of_key = team;
  return team;
}

Result<void> check_team_id(const std::string& team_id) {
  const bool is_segment =
      team_id != "." && team_id != ".." && team_id.find('/') == std::string::npos;
  if (is_segment) return {};
  return base::invalid_argument("the team id is not valid: it holds a slash or consists of dots",
                                "copy the team id from the console");
}

}  // namespace xai::client
