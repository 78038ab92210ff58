#pragma once

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

/// The bytes of one connection. Only the server includes this.
namespace xai::emulator {

constexpr auto as_tuple = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Plain or under TLS. One type for both, since whatever is a template over the stream would be
/// compiled twice.
class Stream {
 public:
  using Tcp = boost::beast::tcp_stream;
  using Code = boost::system::error_code;

  /// The connection ends when the other side lets so much time pass without a byte.
  Stream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls,
         std::chrono::milliseconds idle_limit)
      : tcp_{std::move(socket)}, idle_limit_{idle_limit} {
    if (tls != nullptr) tls_.emplace(tcp_, *tls);
  }
  // The TLS layer refers to the TCP layer beside it.
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  Stream(Stream&&) = delete;
  Stream& operator=(Stream&&) = delete;
  ~Stream() = default;

  [[nodiscard]] Tcp& tcp() { return tcp_; }

  boost::asio::awaitable<Code> handshake() {
    if (!tls_) co_return Code{};
    begin_waiting();
    const auto [code] =
        co_await tls_->async_handshake(boost::asio::ssl::stream_base::server, as_tuple);
    co_return code;
  }

  boost::asio::awaitable<std::tuple<Code, std::size_t>> read_some(
      boost::asio::mutable_buffer bytes) {
    begin_waiting();
    if (tls_) co_return co_await tls_->async_read_some(bytes, as_tuple);
    co_return co_await tcp_.async_read_some(bytes, as_tuple);
  }

  boost::asio::awaitable<Code> write(std::string_view bytes) {
    while (!bytes.empty()) {
      const boost::asio::const_buffer buffer{bytes.data(), bytes.size()};
      Code code;
      std::size_t size = 0;
      begin_waiting();
      if (tls_)
        std::tie(code, size) = co_await tls_->async_write_some(buffer, as_tuple);
      else
        std::tie(code, size) = co_await tcp_.async_write_some(buffer, as_tuple);
      if (code) co_return code;
      bytes.remove_prefix(size);
    }
    co_return Code{};
  }

  /// Tells the other side that nothing more comes.
  boost::asio::awaitable<void> shut_down() {
    if (!tcp_.socket().is_open()) co_return;
    Code ignored;
    end_in(std::min(idle_limit_, farewell_limit));
    if (tls_)
      co_await tls_->async_shutdown(as_tuple);
    else
      (void)tcp_.socket().shutdown(boost::asio::socket_base::shutdown_send, ignored);
  }

  /// Whatever comes, the connection ends by then.
  void end_in(std::chrono::milliseconds span) {
    is_ending_ = true;
    tcp_.expires_after(span);
  }

  boost::asio::awaitable<void> wait(std::chrono::microseconds span) {
    if (span.count() == 0) co_return;
    boost::asio::steady_timer timer{tcp_.get_executor(), span};
    co_await timer.async_wait(as_tuple);
  }

  static constexpr std::chrono::milliseconds farewell_limit{2000};

 private:
  void begin_waiting() {
    if (!is_ending_) tcp_.expires_after(idle_limit_);
  }

  Tcp tcp_;
  std::chrono::milliseconds idle_limit_;
  bool is_ending_{};
  std::optional<boost::asio::ssl::stream<Tcp&>> tls_;
};

}  // namespace xai::emulator
