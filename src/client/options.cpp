#include "xai/management/options.h"

#include "base/not_sent.h"
#include "base/try.h"
#include "client/settings.h"

namespace xai::management {
Result<ClientOptions> ClientOptions::from_environment() {
  const auto settings = TRY(client::resolve_settings({}, client::environment_variable));
  if (settings.management_key.empty())
    return std::unexpected(base::not_sent(ErrorKind::unauthenticated, "no management key is given",
                                          "set XAI_MANAGEMENT_KEY"));
  return settings.options();
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
