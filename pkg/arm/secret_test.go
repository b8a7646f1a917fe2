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

// TestMayNameSecret wants the quick check to let through every name whose words
// make it a secret: single words, and pairs of them, however they are joined.
func TestMayNameSecret(t *testing.T) {
	words := []string{"password", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "token", "credential", "credentials", "sas", "apikey",
		"connection", "string", "strings", "account", "access", "storage", "primary", "secondary", "shared", "private", "api", "master", "license",
		"encryption", "key", "keys", "sastoken", "connectionstring", "privatekey", "accesskey", "accountkey", "storagekey", "clientsecret",
		"adminpassword", "myaccountkey", "dbconnectionstring"}
	secrets := 0
	for _, first := range words {
		if secretWord(first, "") && !hasLikelyPart(first) {
			t.Errorf("hasLikelyPart(%q) = false", first)
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

func TestMayNameSecretLikely(t *testing.T) {
	likely := []string{"adminPassword", "adminPass", "dbPass", "adminpass", "pw", "pat", "gitPat", "workspaceKey", "servicePrincipalKey", "signingKey", "redisKey", "cosmosKey", "psk", "presharedKey", "preSharedKey",
		"sasUri", "sasUrl", "containerSasUri", "storageConnection", "connStr", "dbConnStr", "pfxData", "jwt", "bearer", "authKey", "instrumentationKey", "functionKey", "hostKey", "licenseKey", "productKey",
		"workspacekey", "connstr", "sqlConnection", "secureValue", "kubeConfig", "authorizationCode", "clientKey", "subscriptionKey", "vpnSharedKey", "omsWorkspaceKey", "dbCreds", "certificateData", "keyTab", "spnKey"}
	plain := []string{"", "key", "keys", "sshKey", "sshKeys", "sshPublicKey", "sshRSAPublicKey", "partitionKey", "rowKey", "keyVaultKey", "keyName", "keyVaultId", "path", "pathSuffix", "patch", "patchMode", "compass", "bypass",
		"connection", "vpnConnection", "secureBoot", "secureBootEnabled", "location", "code", "countryCode", "statusCode", "passive", "registrationTokenOperation", "sasExpirationPeriod", "sasPolicy",
		"authorizedKeys", "certificateName", "certificateUrl", "keyData", "keyUrl", "tokenLifetime", "disablePasswordAuthentication", "useSasUri", "customerManagedKey", "basePath", "keyspace"}
	for _, name := range likely {
		if !MayNameSecret(name) {
			t.Errorf("MayNameSecret(%q) = false, want true", name)
		}
	}
	for _, name := range plain {
		if MayNameSecret(name) {
			t.Errorf("MayNameSecret(%q) = true, want false", name)
		}
	}
}

func TestSecretTree(t *testing.T) {
	set := SecretTreeOf("Microsoft.Compute/virtualMachineScaleSets").Member("properties").Member("virtualMachineProfile").Member("osProfile")
	if !set.Member("AdminPassword").Secret || set.Member("adminUsername") != nil {
		t.Error("the password of a scale set is not secret, or its user name is")
	}
	if !set.Member("windowsConfiguration").Member("additionalUnattendContent").Item().Member("content").Secret {
		t.Error("unattended content is not secret")
	}
	if m := SecretTreeOf("Microsoft.Web/sites/config").Member("properties").Member("anything").Member("accessKey"); m == nil || !m.Secret {
		t.Error("the value of a map is not found")
	}
	if SecretTreeOf("Microsoft.None/none").Member("x").Item().Member("y") != nil {
		t.Error("an unknown type has secrets")
	}
	if n := len(secretPathsByType.Get()); n < 226 {
		t.Errorf("%d types, want 226 and more", n)
	}
}
