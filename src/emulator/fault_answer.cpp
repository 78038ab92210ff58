#include "emulator/fault_answer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/answer_text.h"
#include "emulator/errors.h"
#include "json/document.h"

namespace xai::emulator {

using management::Header;
using management::HttpResponse;

namespace {

/// What a body that somebody wrote by hand is, as a server would say.
std::string_view type_of(std::string_view body) {
  if (body.starts_with('<')) return "text/html";
  return json::Document::parse(std::string{body}) ? "application/json" : "text/plain";
}

HttpResponse with_that_body(int status, const std::string& body) {
  HttpResponse answer{.status = status, .body = body};
  if (!body.empty()) answer.headers = {{"content-type", std::string{type_of(body)}}};
  return answer;
}

/// What the service would say with that status. Success is what the call came to.
HttpResponse with_that_status(const Fault& fault, int status, std::optional<HttpResponse> real,
                              bool is_at_inference) {
  if (status >= 400)
    return is_at_inference ? errors::of_status_at_inference(status, fault.code)
                           : errors::of_status(status, fault.code);
  if (status >= 300) return {.status = status};
  HttpResponse answer =
      real && real->status < 300
          ? *std::move(real)
          : HttpResponse{.headers = {{"content-type", "application/json"}}, .body = "{}"};
  answer.status = status;
  return answer;
}

HttpResponse unadorned(const Fault& fault, std::optional<HttpResponse> real, ErrorStyle style,
                       bool is_at_inference) {
  if (fault.body) return with_that_body(fault.status.value_or(200), *fault.body);
  const bool is_real = real && !fault.status;
  HttpResponse answer = is_real ? *std::move(real)
                                : with_that_status(fault, fault.status.value_or(500),
                                                   std::move(real), is_at_inference);
  if (answer.status < 400) return answer;
  return in_style(std::move(answer), is_real ? style : fault.error_style.value_or(style));
}

}  // namespace

bool stops(const Fault& fault, management::Method method) {
  if (fault.when == Fault::When::after) return false;
  const bool is_cut = fault.reset || fault.cut_at;
  return fault.status || fault.body || (is_cut && method != management::Method::get);
}

HttpResponse faulty(const Fault& fault, std::optional<HttpResponse> real, ErrorStyle style,
                    bool is_at_inference) {
  HttpResponse answer = unadorned(fault, std::move(real), style, is_at_inference);
  if (!may_have_body(answer.status)) answer.body.clear();
  for (const Header& header : fault.headers) {
    std::erase_if(answer.headers,
                  [&](const Header& old) { return is_same_text(old.name, header.name); });
    answer.headers.push_back(header);
  }
  return answer;
}

}  // namespace xai::emulator
