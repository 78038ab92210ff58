#include "emulator/error_style.h"

#include <array>
#include <string>
#include <utility>

#include "emulator/errors.h"
#include "json/document.h"
#include "json/writer.h"
#include "wire/codec.h"
#include "xai/management/error.h"

namespace xai::emulator {

using management::HttpResponse;

namespace {

constexpr std::array<std::pair<std::string_view, ErrorStyle>, 6> styles{{
    {"code", ErrorStyle::code},
    {"string", ErrorStyle::string},
    {"message", ErrorStyle::message},
    {"empty", ErrorStyle::empty},
    {"text", ErrorStyle::text},
    {"html", ErrorStyle::html},
}};

/// The name of an RPC code, or the text that stands there already.
std::string code_text(json::Value code) {
  if (code.is_string()) return std::string{code.text()};
  const auto number = wire::integer_of(code).value_or(2);
  return std::string{management::name_of(static_cast<management::ErrorKind>(number - 1))};
}

std::string object_of(std::initializer_list<std::pair<std::string_view, std::string>> members) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  for (const auto& [name, text] : members) {
    writer.key(name);
    writer.string(text);
  }
  writer.end_object();
  return body;
}

HttpResponse with_body(HttpResponse response, std::string_view type, std::string body) {
  std::erase_if(response.headers, [](const auto& header) { return header.name == "content-type"; });
  if (!type.empty()) response.headers.push_back({"content-type", std::string{type}});
  response.body = std::move(body);
  return response;
}

}  // namespace

std::optional<ErrorStyle> parse_error_style(std::string_view name) {
  for (const auto& [known, style] : styles)
    if (known == name) return style;
  return std::nullopt;
}

std::string_view name_of(ErrorStyle style) { return styles[static_cast<std::size_t>(style)].first; }

HttpResponse in_style(HttpResponse error, ErrorStyle style) {
  const auto document = json::Document::parse(error.body);
  if (style == ErrorStyle::code || !document || !document->root().is_object()) return error;
  if (style == ErrorStyle::html) return errors::gateway_page(error.status);
  const json::Value root = document->root();
  const json::Value message = root.find("message");
  std::string text{(message.is_null() ? root.find("error") : message).text()};
  constexpr std::string_view json_type = "application/json";
  switch (style) {
    case ErrorStyle::string:
      return with_body(std::move(error), json_type,
                       object_of({{"code", code_text(root.find("code"))}, {"error", text}}));
    case ErrorStyle::message:
      return with_body(std::move(error), json_type, object_of({{"message", text}}));
    case ErrorStyle::text:
      return with_body(std::move(error), "text/plain; charset=utf-8", std::move(text));
    default:
      return with_body(std::move(error), "", "");
  }
}

}  // namespace xai::emulator
