#pragma once

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/read_size.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/answer_text.h"
#include "emulator/connections.h"
#include "emulator/emulator.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/request_target.h"
#include "emulator/stream.h"
#include "emulator/unsent_bytes.h"

/// One connection: reads requests, lets the emulator answer, and does on the wire what faults
/// ask for. Only the server includes this.
namespace xai::emulator {

namespace beast = boost::beast;
namespace http = beast::http;

using Message = http::request<http::string_body>;
using Parser = http::request_parser<http::string_body>;

/// The management or API key of `Authorization: Bearer …`; empty for any other scheme.
inline management::Secret bearer(std::string_view authorization) {
  constexpr std::string_view scheme = "Bearer ";
  if (!beast::iequals(authorization.substr(0, scheme.size()), scheme)) return {};
  authorization.remove_prefix(scheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  while (authorization.ends_with(' ')) authorization.remove_suffix(1);
  return management::Secret{std::string{authorization}};
}

inline std::optional<management::Method> method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return management::Method::get;
    case http::verb::post:
      return management::Method::post;
    case http::verb::put:
      return management::Method::put;
    case http::verb::patch:
      return management::Method::patch;
    case http::verb::delete_:
      return management::Method::delete_;
    default:
      return std::nullopt;
  }
}

inline HttpRequest to_request(Message message) {
  HttpRequest request{.method = method_of(message.method()).value_or(management::Method::get),
                      .target = std::string{message.target()},
                      .body = std::move(message.body())};
  for (const auto& field : message) {
    if (field.name() == http::field::authorization)
      request.credential = bearer(field.value());
    else
      request.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
  }
  take_host_from_target(request);
  return request;
}

/// Closes so that the other side sees a reset, not an end.
inline boost::asio::awaitable<void> reset(Stream& stream) {
  auto& socket = stream.tcp().socket();
  // A reset throws away what the other side has not taken yet.
  for (int turn = 0; turn < 2000; ++turn) {
    if (unsent_bytes(socket.native_handle()) == 0) break;
    co_await stream.wait(std::chrono::milliseconds{1});
  }
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  boost::system::error_code ignored;
  (void)socket.close(ignored);
}

/// A reply without faults. (GCC 12 destroys an aggregate twice that is made within a co_await.)
inline Reply whole(HttpResponse response) { return {.response = std::move(response)}; }

/// Writes bytes at that pace, a twentieth of a second's worth at a time.
inline boost::asio::awaitable<boost::system::error_code> trickle(Stream& stream,
                                                                 std::string_view bytes,
                                                                 int bytes_per_second) {
  const std::size_t slice_bytes = static_cast<std::size_t>(std::max(1, bytes_per_second / 20));
  while (!bytes.empty()) {
    const std::string_view slice = bytes.substr(0, slice_bytes);
    co_await stream.wait(std::chrono::microseconds{slice.size() * 1'000'000 /
                                                   static_cast<std::size_t>(bytes_per_second)});
    if (const auto code = co_await stream.write(slice)) co_return code;
    bytes.remove_prefix(slice.size());
  }
  co_return boost::system::error_code{};
}

/// Writes an answer, or what is to go out of it; false when the connection ends with it.
inline boost::asio::awaitable<bool> write(Stream& stream, Reply reply, bool keep_alive,
                                          bool with_body = true) {
  std::string text = head_text(reply.response, keep_alive);
  if (with_body) text += reply.response.body;
  if (reply.cut_at) text.resize(std::min(text.size(), *reply.cut_at));
  const boost::system::error_code code =
      reply.bytes_per_second == 0 ? co_await stream.write(text)
                                  : co_await trickle(stream, text, reply.bytes_per_second);
  if (reply.cut_at && reply.reset) co_await reset(stream);
  if (code || reply.cut_at || !keep_alive) co_return false;
  co_return !beast::iequals(reply.response.header("connection"), "close");
}

/// What to say to a request that could not be read; nothing when the client just went away.
inline std::optional<HttpResponse> complaint(const boost::system::error_code& code) {
  if (code == http::error::body_limit) return errors::body_too_large();
  if (code == http::error::header_limit || code == http::error::buffer_overflow)
    return errors::header_too_large();
  const bool is_about_http =
      code.category() == http::make_error_code(http::error::bad_method).category();
  if (!is_about_http || code == http::error::end_of_stream || code == http::error::partial_message)
    return std::nullopt;
  return errors::not_http();
}

/// Reads on until the parser has enough.
inline boost::asio::awaitable<boost::system::error_code> read_until(Stream& stream,
                                                                    beast::flat_buffer& buffer,
                                                                    Parser& parser,
                                                                    bool (Parser::*has_enough)()
                                                                        const) {
  constexpr std::size_t bytes_max = 65'536;
  while (!(parser.*has_enough)()) {
    boost::system::error_code code = http::error::need_more;
    if (buffer.size() != 0) buffer.consume(parser.put(buffer.data(), code));
    if (!code) continue;
    if (code != http::error::need_more) co_return code;
    const auto [failure, size] =
        co_await stream.read_some(buffer.prepare(beast::read_size(buffer, bytes_max)));
    buffer.commit(size);
    if (failure && failure != boost::asio::error::eof) co_return failure;
    if (!failure) continue;
    if (!parser.got_some()) co_return http::error::end_of_stream;
    code = {};
    parser.put_eof(code);
    if (code) co_return code;
  }
  co_return boost::system::error_code{};
}

inline boost::asio::awaitable<boost::system::error_code> read(Stream& stream,
                                                              beast::flat_buffer& buffer,
                                                              Parser& parser) {
  parser.header_limit(limits::header_bytes_max);
  parser.body_limit(limits::body_bytes_max);
  auto code = co_await read_until(stream, buffer, parser, &Parser::is_header_done);
  if (code) co_return code;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue"))
    code = co_await stream.write("HTTP/1.1 100 Continue\r\n\r\n");
  if (code) co_return code;
  parser.eager(true);
  co_return co_await read_until(stream, buffer, parser, &Parser::is_done);
}

/// The answer to one request that was read; false when the connection ends with it.
inline boost::asio::awaitable<bool> answer(Emulator& emulator, Stream& stream, Message message) {
  const bool keep_alive = message.keep_alive();
  const bool has_host = message.find(http::field::host) != message.end();
  const bool is_head = message.method() == http::verb::head;
  const bool is_method_known = method_of(message.method()).has_value();
  if (!has_host) co_return co_await write(stream, whole(errors::missing_host()), false);
  const HttpRequest request = to_request(std::move(message));
  if (!is_method_known) {
    Reply refusal = whole(emulator.refuse_method(request));
    co_return co_await write(stream, std::move(refusal), keep_alive, !is_head);
  }
  Emulator::Admission admission = emulator.admit(request);
  admission.keep_alive = keep_alive;
  co_await stream.wait(admission.delay);
  Reply reply = emulator.perform(request, admission);
  co_await stream.wait(reply.delay);
  co_return co_await write(stream, std::move(reply), keep_alive);
}

/// Reads on for a while after a complaint: closing upon unread bytes would take the answer away
/// from a client that is still sending.
inline boost::asio::awaitable<void> drain(Stream& stream) {
  constexpr std::size_t bytes_max = 64UL << 20U;
  std::array<char, 16'384> unread{};
  stream.end_in(Stream::farewell_limit);
  for (std::size_t bytes = 0; bytes < bytes_max;) {
    const auto [code, size] = co_await stream.read_some(boost::asio::buffer(unread));
    if (code) co_return;
    bytes += size;
  }
}

/// What a connection is served by.
struct Service {
  Emulator& emulator;
  Connections& connections;
  boost::asio::ssl::context* tls{};
  std::chrono::milliseconds idle_limit{};
};

inline boost::asio::awaitable<void> serve(Service service, boost::asio::ip::tcp::socket socket) {
  Stream stream{std::move(socket), service.tls, service.idle_limit};
  Connections::Place place{service.connections, stream};
  if (co_await stream.handshake()) co_return;
  beast::flat_buffer buffer;
  std::optional<HttpResponse> complained;
  bool stays_open = true;
  while (stays_open) {
    Parser parser;
    const auto code = co_await read(stream, buffer, parser);
    if (code) {
      complained = complaint(code);
      if (complained) co_await write(stream, whole(*complained), false);
      break;
    }
    place.set_busy();
    stays_open = co_await answer(service.emulator, stream, parser.release());
    place.set_idle();
  }
  co_await stream.shut_down();
  if (complained) co_await drain(stream);
}

}  // namespace xai::emulator
