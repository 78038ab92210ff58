#include <openssl/ssl.h>
#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "emulator/served.h"
#include "emulator/temporary_directory.h"

namespace xai::emulator::test {
namespace {

/// A certificate for 127.0.0.1 that is its own authority.
ServerOptions make_certificate(const TemporaryDirectory& directory) {
  ServerOptions options{.tls_cert = directory.file("cert.pem"),
                        .tls_key = directory.file("key.pem")};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
      "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout " +
      options.tls_key + " -out " + options.tls_cert + " 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return options;
}

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* connection) const { SSL_free(connection); }
};

/// Speaks TLS over a raw connection, and believes in one authority only.
struct TlsClient {
  TlsClient(std::uint16_t port, const std::string& authority) : raw{port} {
    SSL_CTX_load_verify_locations(context.get(), authority.c_str(), nullptr);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    connection.reset(SSL_new(context.get()));
    SSL_set1_ip(connection.get());
    SSL_set_fd(connection.get(), raw.socket());
    is_trusted = SSL_connect(connection.get()) == 1;
  }
  static void SSL_set1_ip(SSL* connection) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), "127.0.0.1");
  }
  std::string ask(const std::string& request) const {
    if (SSL_write(connection.get(), request.data(), static_cast<int>(request.size())) <= 0)
      return "";
    std::array<char, 65'536> buffer{};
    const int size = SSL_read(connection.get(), buffer.data(), static_cast<int>(buffer.size()));
    return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
  }

  RawClient raw;
  std::unique_ptr<SSL_CTX, Free> context{SSL_CTX_new(TLS_client_method())};
  std::unique_ptr<SSL, Free> connection{};
  bool is_trusted{};
};

TEST(ServerWithTls, ServesWithTheGivenCertificate) {
  const TemporaryDirectory directory;
  const ServerOptions options = make_certificate(directory);
  Served served{options};
  EXPECT_TRUE(served.server.address().starts_with("https://127.0.0.1:"));
  const TlsClient client{served.server.port(), options.tls_cert};
  ASSERT_TRUE(client.is_trusted);
  EXPECT_STREQ(SSL_get_version(client.connection.get()), "TLSv1.3");
  EXPECT_EQ(status_of(client.ask(Served::create_request("x"))), 200);
  EXPECT_EQ(status_of(client.ask(Served::request("GET", "/nowhere"))), 404);
  EXPECT_EQ(served.commits(), 1U);
}

TEST(ServerWithTls, CutsTheConnection) {
  const TemporaryDirectory directory;
  const ServerOptions options = make_certificate(directory);
  Served served{options};
  served.post("/_emulator/faults", R"({"reset":true,"when":"after"})");
  const TlsClient client{served.server.port(), options.tls_cert};
  ASSERT_TRUE(client.is_trusted);
  EXPECT_EQ(client.ask(Served::create_request("x")), "");
  EXPECT_EQ(served.commits(), 1U);
}

TEST(ServerWithTls, OutlivesClientsThatSpeakPlainly) {
  const TemporaryDirectory directory;
  const ServerOptions options = make_certificate(directory);
  Served served{options};
  RawClient plain{served.server.port()};
  plain.send(Served::create_request("x"));
  plain.finish_sending();
  EXPECT_EQ(status_of(plain.receive_all()), 0);
  const TlsClient client{served.server.port(), options.tls_cert};
  EXPECT_EQ(status_of(client.ask(Served::create_request("y"))), 200);
  EXPECT_EQ(served.commits(), 1U);
}

TEST(ServerWithTls, CutsAnAnswerAtTheSameByte) {
  const TemporaryDirectory directory;
  const ServerOptions options = make_certificate(directory);
  Served served{options};
  for (const bool is_reset : {false, true}) {
    served.post("/_emulator/faults", R"({"cutAt":20,"when":"after","reset":)" +
                                         std::string{is_reset ? "true}" : "false}"});
    const TlsClient client{served.server.port(), options.tls_cert};
    EXPECT_EQ(client.ask(Served::create_request("x")), "HTTP/1.1 200 OK\r\ncon");
    char more{};
    const int read = SSL_read(client.connection.get(), &more, 1);
    EXPECT_LE(read, 0);
    EXPECT_EQ(SSL_get_error(client.connection.get(), read),
              is_reset ? SSL_ERROR_SYSCALL : SSL_ERROR_ZERO_RETURN);
  }
  EXPECT_EQ(served.commits(), 2U);
}

TEST(ServerWithTls, TellsOfFilesThatCannotBeUsed) {
  const TemporaryDirectory directory;
  ServerOptions options = make_certificate(directory);
  const Emulated emulated;
  options.tls_key = options.tls_cert;
  EXPECT_FALSE(Server::listen(*emulated.emulator, options));
  options.tls_cert = directory.file("missing.pem");
  const auto refused = Server::listen(*emulated.emulator, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find("cannot use the certificate " + options.tls_cert), 0U);
}

}  // namespace
}  // namespace xai::emulator::test
