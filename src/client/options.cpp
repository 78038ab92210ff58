#include "xai/management/options.h"

#include <cstdlib>

namespace xai::management {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

void set_if_given(std::string& option, const char* name) {
  if (std::string value = environment(name); !value.empty()) option = std::move(value);
}

}  // namespace

Result<ClientOptions> ClientOptions::from_environment() {
  ClientOptions options;
  for (const char* const name : {"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"})
    if (options.management_key.empty()) options.management_key = Secret{environment(name)};
  if (options.management_key.empty())
    return std::unexpected(Error{.kind = ErrorKind::unauthenticated,
                                 .outcome = Outcome::not_sent,
                                 .message = "no management key is given",
                                 .next = "set XAI_MANAGEMENT_KEY"});
  set_if_given(options.team_id, "XAI_TEAM_ID");
  set_if_given(options.region, "XAI_API_REGION");
  set_if_given(options.base_url, "XAI_MANAGEMENT_BASE_URL");
  set_if_given(options.inference_base_url, "XAI_INFERENCE_BASE_URL");
  return options;
}

std::string inference_url(std::string_view inference_base_url, std::string_view region) {
  constexpr std::string_view place = "{region}";
  const bool routed = region.empty() || region == "auto" || region == "api";
  if (inference_base_url.empty())
    return routed ? "https://api.x.ai" : "https://" + std::string{region} + ".api.x.ai";
  std::string url{inference_base_url};
  const std::string_view name = routed ? "auto" : region;
  for (std::size_t at = url.find(place); at != std::string::npos; at = url.find(place, at)) {
    url.replace(at, place.size(), name);
    at += name.size();
  }
  return url;
}

}  // namespace xai::management
