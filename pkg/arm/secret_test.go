package arm

import "testing"

func TestNamesSecret(t *testing.T) {
	secrets := []string{"adminPassword", "ADMIN_PASSWORD", "adminpassword", "vmPassword1", "password", "pwd", "sqlPwd", "clientSecret", "secret",
		"storageAccountKey", "storageKey", "sharedKey", "gitSshPrivateKey", "_artifactsLocationSasToken", "sas", "connectionString",
		"azureStorageConnectionString", "redisPrimaryKey", "apiKey", "bearerToken", "credentials"}
	plain := []string{"", "keyVaultSecretUrl", "secretName", "secretsLocation", "sshKeyData", "sshPublicKey", "adminUsername", "passwordLength",
		"authenticationType", "disablePasswordAuthentication", "corsAllowCredentials", "useStorageAccountAccessKey", "tokenEndpoint",
		"partitionKey", "keyVaultName", "location", "sasDefinitionName", "passage", "compassHeading"}
	for _, name := range secrets {
		if !NamesSecret(name) {
			t.Errorf("NamesSecret(%q) = false, want true", name)
		}
	}
	for _, name := range plain {
		if NamesSecret(name) {
			t.Errorf("NamesSecret(%q) = true, want false", name)
		}
	}
}
