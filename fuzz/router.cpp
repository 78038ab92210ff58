// Bytes → requests → an emulator in this process: no crash, and every answer is whole.
// A line `METHOD TARGET` starts a request; what follows up to the next empty line is its body.
// A method in lower case goes without a key.
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "input.h"
#include "json/document.h"
#include "opened_emulator.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using management::HttpRequest;
using management::Method;

Method method_of(std::string_view text) {
  const int first = text.empty() ? 'G' : std::toupper(static_cast<unsigned char>(text.front()));
  if (first == 'D') return Method::delete_;
  if (first == 'P' && text.size() == 3) return Method::put;
  if (first == 'P') return text.size() == 5 ? Method::patch : Method::post;
  return Method::get;
}

}  // namespace

void router(std::string_view bytes) {
  Input requests{bytes};
  const auto service = open_emulator();
  const std::string team = service->team_id();
  while (!requests.is_empty()) {
    Input text{requests.until("\n\n")};
    Input first_line{text.line()};
    const std::string_view method = first_line.until(" ");
    HttpRequest request{.method = method_of(method), .base_url = "http://127.0.0.1"};
    request.target = first_line.rest();
    // `TEAM` stands for the team's id, which a fuzzer would not guess.
    if (const std::size_t place = request.target.find("TEAM"); place != std::string::npos)
      request.target.replace(place, 4, team);
    const bool has_key = method.empty() || std::isupper(static_cast<unsigned char>(method.front()));
    if (has_key) request.credential = service->management_key();
    request.body = text.rest();
    const auto reply = service->handle(request);
    if (reply.reset) continue;
    require(reply.response.status >= 100 && reply.response.status < 600, "a status is a status");
    require(reply.response.status != 500, "no request breaks the emulator");
    const bool is_json = reply.response.header("content-type").starts_with("application/json");
    if (is_json && reply.response.status == 200)
      require(json::Document::parse(reply.response.body).has_value(), "a JSON answer is JSON");
  }
}

}  // namespace xai::fuzz
