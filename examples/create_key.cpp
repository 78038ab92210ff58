// Creates an API key that may use one model for chat, for 90 days, and prints its secret.
//   create_key NAME MODEL
// Settings: XAI_MANAGEMENT_KEY, and what else ClientOptions::from_environment() reads.
#include <chrono>
#include <iostream>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

namespace {

int fail(const Error& error) {
  std::cerr << "create_key: " << error.message << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "Usage: create_key NAME MODEL\n";
    return 2;
  }
  auto options = ClientOptions::from_environment();
  if (!options) return fail(options.error());
  const Client client{*std::move(options)};

  const auto now = std::chrono::system_clock::now();
  const auto key = client.send(CreateApiKey{
      .name = argv[1],
      .acls = {Acl::model(argv[2]), Acl::endpoint("chat")},
      .qps = 5,
      .qpm = 100,
      .expire_time = std::chrono::floor<std::chrono::seconds>(now) + std::chrono::days{90}});
  if (!key) return fail(key.error());

  // The secret is answered this once, so it goes out before anything else can fail.
  std::cout << key->api_key->reveal() << '\n' << std::flush;
  std::cerr << "Created " << key->name << " with the id " << key->api_key_id << '\n';
  return std::cout ? 0 : 1;
}
