package arm

import (
	"strings"
	"testing"
)

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

// The quick look at a name lets through every name that the words of it would
// make a secret: single words, and pairs of them, however they are joined.
func TestMayNameSecret(t *testing.T) {
	words := []string{"password", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "token", "credential", "credentials", "sas", "apikey",
		"connection", "string", "strings", "account", "access", "storage", "primary", "secondary", "shared", "private", "api", "master", "license",
		"encryption", "key", "keys", "sastoken", "connectionstring", "privatekey", "accesskey", "accountkey", "storagekey", "clientsecret",
		"adminpassword", "myaccountkey", "dbconnectionstring"}
	secrets := 0
	for _, first := range words {
		if secretWord(first, "") && !mayNameSecret(first) {
			t.Errorf("mayNameSecret(%q) = false", first)
		}
		for _, second := range words {
			for _, name := range []string{first + "_" + second, strings.ToUpper(first) + "-" + second, first + strings.ToUpper(second[:1]) + second[1:]} {
				secret := secretWord(first, second) || secretWord(second, "")
				if secret {
					secrets++
				}
				if secret && !NamesSecret(name) {
					t.Errorf("NamesSecret(%q) = false", name)
				}
			}
		}
	}
	if secrets < 1000 {
		t.Errorf("only %d names of secrets", secrets)
	}
}
