#include "emulator/request_target.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/answer_text.h"

namespace xai::emulator {

void take_host_from_target(management::HttpRequest& request) {
  const std::string_view target = request.target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!is_same_text(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    std::string host{rest.substr(0, end)};
    std::string path{rest.substr(end)};
    if (!path.starts_with('/')) path.insert(0, "/");
    std::erase_if(request.headers, [](const management::Header& header) {
      return is_same_text(header.name, "host");
    });
    request.headers.push_back({"Host", std::move(host)});
    request.target = std::move(path);
    return;
  }
}

}  // namespace xai::emulator
