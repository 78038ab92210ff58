// Makes an API key, its secret in a file; waits until it is ready; reads the live credit.
//   ready_key [NAME [FILE]]
// Settings: XAI_MANAGEMENT_KEY, and what else ClientOptions::from_environment() reads.
#include <iostream>
#include "xai/management.h"

using namespace xai::management;

Result<void> run(const std::string& name, const std::string& file) {
  auto options = ClientOptions::from_environment();
  if (!options) return std::unexpected{options.error()};
  const Account account{Client{*std::move(options)}, default_state_folder()};
  const auto key =
      create_api_key(account, {.name = name, .acls = {Acl::every_model(), Acl::every_endpoint()}},
                     SecretFile{file});
  if (!key) return std::unexpected{key.error()};
  const auto ready = wait_until_ready(account, key->api_key_id);
  if (!ready) return std::unexpected{ready.error()};
  const auto figures = balance(account);
  if (!figures) return std::unexpected{figures.error()};
  std::cout << key->api_key_id << (ready->is_complete() ? " is ready\n" : " is not ready yet\n")
            << "live credit in cents: " << figures->live_credit.value_or(Cents{}).value << '\n';
  return {};
}

int main(int argc, char** argv) {
  const auto done = run(argc > 1 ? argv[1] : "example", argc > 2 ? argv[2] : "example.key");
  if (!done) std::cerr << "ready_key: " << done.error().message << '\n';
  return done ? 0 : 1;
}
