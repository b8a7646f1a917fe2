set -e
export DEBIAN_FRONTEND=noninteractive
modprobe br_netfilter
sysctl -w net.ipv4.ip_forward=1
mkdir -p /etc/apt/keyrings /etc/containerd
curl -fsSL https://pkgs.k8s.io/core:/stable:/v1.34/deb/Release.key | gpg --dearmor -o /etc/apt/keyrings/kubernetes.gpg
echo "deb [signed-by=/etc/apt/keyrings/kubernetes.gpg] https://pkgs.k8s.io/core:/stable:/v1.34/deb/ /" > /etc/apt/sources.list.d/kubernetes.list
apt-get update
apt-get install -y containerd kubelet kubeadm
containerd config default | sed "s/SystemdCgroup = false/SystemdCgroup = true/" > /etc/containerd/config.toml
systemctl restart containerd
kubeadm join @(controlPlaneEndpoint) --token @(joinToken) --discovery-token-ca-cert-hash @(caCertificateHash)
