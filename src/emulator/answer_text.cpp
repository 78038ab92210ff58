#include "emulator/answer_text.h"

#include <algorithm>

namespace xai::emulator {

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 425:
      return "Too Early";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";  // RFC 9112 lets the phrase be empty, and no client may read it.
  }
}

namespace {

void append_header(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool is_same_text(std::string_view left, std::string_view right) {
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  };
  return std::ranges::equal(left, right, {}, lower, lower);
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string head_text(const management::HttpResponse& response, bool keep_alive) {
  std::string text;
  text.reserve(256);
  text.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  text.append(reason_of(response.status)).append("\r\n");
  for (const management::Header& header : response.headers)
    append_header(text, header.name, header.value);
  if (may_have_body(response.status) && response.header("content-length").empty())
    append_header(text, "Content-Length", std::to_string(response.body.size()));
  if (!keep_alive && response.header("connection").empty())
    append_header(text, "Connection", "close");
  return text.append("\r\n");
}

}  // namespace xai::emulator
