#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>

#include "fakes/test_certificates.h"
#include "http/curl_fixture.h"

namespace xai::http {
namespace {

/// libcurl reads SSLKEYLOGFILE once, when it is loaded, so it must stand before any test runs.
/// What the machine trusts and what proxies it has must not decide about these tests.
const std::string key_log = [] {
  for (const auto* const name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NO_PROXY",
                                 "no_proxy", "ALL_PROXY", "all_proxy"})
    ::unsetenv(name);
  std::string path =
      std::filesystem::temp_directory_path() / ("xai-key-log-" + std::to_string(::getpid()));
  ::setenv("SSLKEYLOGFILE", path.c_str(), 1);
  return path;
}();

Play over_tls(const fakes::TestCertificates& certificates, Play play) {
  return [&certificates, play = std::move(play)](Connection& connection) {
    if (connection.start_tls(certificates.context())) play(connection);
  };
}

/// A proxy and the server behind it in one: it grants every CONNECT.
Play behind_proxy(fakes::Record& record, Play play) {
  return [&record, play = std::move(play)](Connection& connection) {
    record.add(connection.read_request());
    connection.write("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
    play(connection);
  };
}

std::string secure_url(const ScriptedServer& server) { return "https://" + server.authority(); }

std::string gzip(const std::string& text) {
  std::string out(compressBound(text.size()) + 64, '\0');
  z_stream stream{};
  constexpr int gzip_format = 15 + 16;
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_format, 9, Z_DEFAULT_STRATEGY);
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(CurlTls, TrustsTheNamedCa) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  ScriptedServer server{{over_tls(certificates, play_bytes(http_answer(200, "{}")))}};
  const auto answer = curl_transport({.ca_file = certificates.ca_file()})(get(secure_url(server)));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "{}");
}

TEST(CurlTls, TrustsTheCaOfTheEnvironment) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  ScriptedServer server{{over_tls(certificates, play_bytes(http_answer(200, "{}")))}};
  for (const auto* const name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    const EnvironmentVariable variable{name, certificates.ca_file()};
    const auto answer = curl_transport({})(get(secure_url(server)));
    EXPECT_TRUE(answer) << name << ": " << answer.error().message;
  }
}

TEST(CurlTls, SendsNothingToAServerItDoesNotTrust) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  fakes::Record record;
  ScriptedServer server{{over_tls(certificates, read_and_hang_up(record))}};
  const fakes::TestCertificates other{"IP:127.0.0.1"};
  for (const std::string& ca_file : {std::string{}, other.ca_file()}) {
    const auto answer = curl_transport({.ca_file = ca_file})(post(secure_url(server)));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::malformed_response);
    EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
    EXPECT_NE(answer.error().message.find("is not trusted"), std::string::npos)
        << answer.error().message;
    EXPECT_NE(answer.error().message.find(ca_file.empty() ? "/etc/ssl" : ca_file),
              std::string::npos);
    EXPECT_NE(answer.error().next.find("--ca-file"), std::string::npos);
  }
  for (const auto& request : record.all()) EXPECT_EQ(request, "");
}

TEST(CurlTls, SendsNothingToAServerOfAnotherName) {
  const fakes::TestCertificates certificates{"DNS:example.test"};
  fakes::Record record;
  ScriptedServer server{{over_tls(certificates, read_and_hang_up(record))}};
  const auto answer = curl_transport({.ca_file = certificates.ca_file()})(post(secure_url(server)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::malformed_response);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message,
            "the certificate of " + server.authority() + " is made out to another host");
  for (const auto& request : record.all()) EXPECT_EQ(request, "");
}

TEST(CurlTls, NamesACaFileThatIsNone) {
  const auto answer = curl_transport({.ca_file = "/proc/self/status"})(
      get("https://127.0.0.1:" + std::to_string(fakes::closed_port())));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
}

TEST(CurlTls, SaysWhenTheServerSpeaksNoTls) {
  ScriptedServer plain{{[](Connection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_for_end();
  }}};
  const auto answer = curl_transport({})(post(secure_url(plain)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message,
            "cannot reach " + plain.authority() + " (it does not speak TLS)");
}

TEST(CurlTls, ReachesFarHostsThroughAProxyWithoutShowingItTheKey) {
  const fakes::TestCertificates certificates{"DNS:example.test"};
  fakes::Record proxied;
  fakes::Record served;
  ScriptedServer proxy{
      {behind_proxy(proxied, over_tls(certificates, keep_alive(served, http_answer(200, "{}"))))}};
  const EnvironmentVariable variable{"https_proxy", proxy.url()};
  const auto answer =
      curl_transport({.ca_file = certificates.ca_file()})(get("https://example.test"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->header("x-proxy"), "");
  ASSERT_EQ(proxied.all().size(), 1U);
  EXPECT_TRUE(proxied.all()[0].starts_with("CONNECT example.test:443 HTTP/1.1\r\n"));
  EXPECT_EQ(proxied.all()[0].find("canary"), std::string::npos);
  ASSERT_EQ(served.all().size(), 1U);
  EXPECT_NE(served.all()[0].find("\r\nAccept-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(served.all()[0].find("canary"), std::string::npos);
}

TEST(CurlTls, SaysThatItIsTheProxyWhichIsNotTrusted) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  const fakes::TestCertificates other{"IP:127.0.0.2"};
  fakes::Record record;
  ScriptedServer proxy{{over_tls(certificates, read_and_hang_up(record)),
                        over_tls(other, read_and_hang_up(record))}};
  const EnvironmentVariable variable{"https_proxy", secure_url(proxy)};
  const auto unknown = curl_transport({.ca_file = other.ca_file()})(get("https://example.test"));
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().message.starts_with("the certificate of the proxy is not trusted ("))
      << unknown.error().message;
  EXPECT_EQ(unknown.error().next,
            "if the proxy is right, name the CA that signed it as the CA file (--ca-file)");
  const auto misnamed = curl_transport({.ca_file = other.ca_file()})(get("https://example.test"));
  ASSERT_FALSE(misnamed);
  EXPECT_EQ(misnamed.error().message, "the certificate of the proxy is made out to another host");
  EXPECT_EQ(misnamed.error().next, "check the proxy's address");
  for (const auto& request : record.all()) EXPECT_EQ(request, "");
}

TEST(CurlTls, SaysWhenTheProxySpeaksNoTls) {
  ScriptedServer proxy{{[](Connection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_for_end();
  }}};
  const EnvironmentVariable variable{"https_proxy", secure_url(proxy)};
  const auto answer = curl_transport({})(get("https://example.test"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message,
            "cannot reach example.test (at the proxy: it does not speak TLS)");
}

TEST(CurlTls, CountsARefusingProxyAsNotSent) {
  ScriptedServer proxy{{play_bytes("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")}};
  const EnvironmentVariable variable{"https_proxy", proxy.url()};
  const auto answer = curl_transport({})(post("https://example.test"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
  EXPECT_EQ(answer.error().message, "cannot reach example.test (the proxy answered 403)");
}

class CurlGzip : public testing::Test {
 protected:
  /// The answer of a far host whose compressed body is `body`.
  Result<HttpResponse> fetch(const std::string& body) {
    fakes::Record record;
    ScriptedServer proxy{{behind_proxy(
        record, over_tls(certificates_,
                         play_bytes(http_answer(200, body, "Content-Encoding: gzip\r\n"))))}};
    const EnvironmentVariable variable{"https_proxy", proxy.url()};
    return curl_transport({.ca_file = certificates_.ca_file()})(get("https://example.test"));
  }

 private:
  fakes::TestCertificates certificates_{"DNS:example.test"};
};

TEST_F(CurlGzip, IsReadFromFarHosts) {
  const auto answer = fetch(gzip(R"({"whole":true})"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, R"({"whole":true})");
}

TEST_F(CurlGzip, IsStoppedAt8MiBOfWhatItUnpacksTo) {
  const auto answer = fetch(gzip(std::string(100UL << 20U, 'x')));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::malformed_response);
  EXPECT_NE(answer.error().message.find("8 MiB"), std::string::npos);
}

TEST_F(CurlGzip, MustNotBeBroken) {
  const auto broken = fetch("this is not gzip");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::malformed_response);
}

TEST(CurlTls, WritesNoSessionKeys) {
  const fakes::TestCertificates certificates{"IP:127.0.0.1"};
  ScriptedServer server{{over_tls(certificates, play_bytes(http_answer(200, "{}")))}};
  ASSERT_TRUE(curl_transport({.ca_file = certificates.ca_file()})(get(secure_url(server))));
  EXPECT_FALSE(std::filesystem::exists(key_log));
  EXPECT_EQ(std::string{::getenv("SSLKEYLOGFILE")}, key_log);
}

}  // namespace
}  // namespace xai::http
