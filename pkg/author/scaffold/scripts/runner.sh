set -e
mkdir -p /opt/runner
cd /opt/runner
curl -fsSL https://github.com/actions/runner/releases/download/v@(runnerVersion)/actions-runner-linux-x64-@(runnerVersion).tar.gz | tar xz
export RUNNER_ALLOW_RUNASROOT=1
./config.sh --unattended --replace --url @(runnerUrl) --token @(runnerToken) --labels @(runnerLabels)
chown -R @(adminUsername) .
./svc.sh install @(adminUsername)
./svc.sh start
