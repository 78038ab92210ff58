// Bytes → requests → an emulator in this process: no crash, and every answer is whole.
// A line `METHOD TARGET` starts a request; what follows up to the next empty line is its body.
// A method in lower case goes without a key.
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/emulator.h"
#include "json/document.h"

namespace {

using namespace xai;
using management::HttpRequest;
using management::Method;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

std::string_view take_until(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + separator.size());
  return part;
}

Method method_of(std::string_view text) {
  const int first = text.empty() ? 'G' : std::toupper(static_cast<unsigned char>(text.front()));
  if (first == 'D') return Method::delete_;
  if (first == 'P' && text.size() == 3) return Method::put;
  if (first == 'P') return text.size() == 5 ? Method::patch : Method::post;
  return Method::get;
}

/// A new emulator per input, so that a finding can be repeated.
std::unique_ptr<emulator::Emulator> open_emulator() {
  emulator::Options options;
  options.now = management::Timestamp{};
  options.random_seed = 1;
  auto opened = emulator::Emulator::open(std::move(options));
  require(opened.has_value(), "the emulator opens");
  return std::move(*opened);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  std::string_view rest = bytes;
  const auto service = open_emulator();
  const std::string team = service->team_id();
  while (!rest.empty()) {
    std::string_view text = take_until(rest, "\n\n");
    std::string_view first_line = take_until(text, "\n");
    const std::string_view method = take_until(first_line, " ");
    HttpRequest request{.method = method_of(method), .base_url = "http://127.0.0.1"};
    request.target = first_line;
    // `TEAM` stands for the team's id, which a fuzzer would not guess.
    if (const std::size_t place = request.target.find("TEAM"); place != std::string::npos)
      request.target.replace(place, 4, team);
    const bool has_key = method.empty() || std::isupper(static_cast<unsigned char>(method.front()));
    if (has_key) request.credential = service->management_key();
    request.body = text;
    const auto reply = service->handle(request);
    if (reply.reset) continue;
    require(reply.response.status >= 100 && reply.response.status < 600, "a status is a status");
    require(reply.response.status != 500, "no request breaks the emulator");
    const bool is_json = reply.response.header("content-type").starts_with("application/json");
    if (is_json && reply.response.status == 200)
      require(json::Document::parse(reply.response.body).has_value(), "a JSON answer is JSON");
  }
  return 0;
}
