#include "client/salvage.h"

#include <utility>

#include "base/time_text.h"
#include "json/whole_part.h"
#include "wire/operations.h"

namespace xai::client {

using management::ApiKey;

std::optional<Answer<ApiKey>> salvaged(const management::HttpResponse& broken_off) {
  if (broken_off.status < 200 || broken_off.status > 299) return std::nullopt;
  auto document = json::Document::parse(json::whole_part(broken_off.body));
  if (!document) return std::nullopt;
  auto key = wire::decode<ApiKey>(document->root());
  if (!key || key->api_key.value_or(management::Secret{}).empty()) return std::nullopt;
  return Answer<ApiKey>{.document = *std::move(document),
                        .value = *std::move(key),
                        .server_time = base::parse_http_date(broken_off.header("date")),
                        .is_cut = true};
}

}  // namespace xai::client
