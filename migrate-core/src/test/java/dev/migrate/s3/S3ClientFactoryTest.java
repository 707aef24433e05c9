package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.s3.S3ObjectStore.Connection;
import dev.migrate.s3.S3ObjectStore.Settings;
import dev.migrate.store.NonTransientStoreException;
import dev.migrate.store.ReadResult;
import dev.migrate.store.StoreException;
import dev.migrate.store.StoreUnavailableException;
import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class S3ClientFactoryTest {

    private static final URI ENDPOINT = URI.create("http://127.0.0.1:9");

    /** Nothing of the machine the tests run on is to be found by the SDK's chains. */
    private static final Map<String, String> NOTHING_TO_FIND = Map.of(
            "aws.disableEc2Metadata", "true",
            "aws.configFile", "/nonexistent/config",
            "aws.sharedCredentialsFile", "/nonexistent/credentials");

    @Test
    void takesTheRegionOfTheSettingsFirst() {
        assertThat(region(new Connection(null, "eu-west-3", false))).isEqualTo(Region.EU_WEST_3);
        assertThat(region(new Connection(ENDPOINT, "eu-west-3", true))).isEqualTo(Region.EU_WEST_3);
    }

    @Test
    void looksForARegionThen() {
        with(Map.of("aws.region", "eu-north-1"), () -> {
            assertThat(region(Connection.byDefault())).isEqualTo(Region.EU_NORTH_1);
            return assertThat(region(new Connection(ENDPOINT, null, true))).isEqualTo(Region.EU_NORTH_1);
        });
    }

    @Test
    void takesAnyRegionForAnEndpointOfItsOwnAndNoneForAmazons() {
        assumeEmptyEnvironment();
        with(NOTHING_TO_FIND, () -> {
            assertThat(region(new Connection(ENDPOINT, null, true))).isEqualTo(Region.US_EAST_1);
            NonTransientStoreException refused =
                    catchThrowableOfType(NonTransientStoreException.class, () -> region(Connection.byDefault()));
            assertThat(refused).hasMessageContaining("region of the ledger's bucket is not known");
            return assertThat(refused.action()).contains("migrate.s3.region", "AWS_REGION");
        });
    }

    @Test
    void connectsWithWhatTheDefaultChainFinds() throws Exception {
        Map<String, String> keys = Map.of("aws.accessKeyId", "AKIDEXAMPLE", "aws.secretAccessKey", "secret");
        try (ScriptedS3 s3 = new ScriptedS3();
                S3ObjectStore store = with(keys, () -> connect(s3.endpoint()))) {
            s3.then(200, "one", "ETag", "\"0123\"");

            ReadResult read = with(keys, () -> store.read("dev/0001"));

            assertThat(read).isInstanceOf(ReadResult.Found.class);
            assertThat(s3.last().header("Authorization"))
                    .contains("Credential=AKIDEXAMPLE/")
                    .contains("/us-east-2/s3/");
        }
    }

    @Test
    void saysThatNoCredentialsAreThereYet() {
        assumeEmptyEnvironment();
        with(NOTHING_TO_FIND, () -> {
            StoreUnavailableException unavailable = catchThrowableOfType(
                    StoreUnavailableException.class, () -> connect(ENDPOINT).read("dev/0001"));
            return assertThat(unavailable).hasMessageContaining("No AWS credentials found");
        });
    }

    @Test
    void saysInOneSentenceThatNobodyHasCredentials() {
        AwsCredentialsProvider nobody = AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(), SystemPropertyCredentialsProvider.create());
        try (S3ObjectStore store = S3ObjectStore.connect(
                Settings.parse("s3://my-ledgers/cars"), new Connection(ENDPOINT, "us-east-2", true), nobody)) {
            StoreUnavailableException unavailable =
                    catchThrowableOfType(StoreUnavailableException.class, () -> store.read("dev/ledger.json"));

            assertThat(unavailable)
                    .hasMessage("Reading s3://my-ledgers/cars/dev/ledger.json: No AWS credentials found. Give the"
                            + " task a role; on a machine of your own, sign in and name your profile in AWS_PROFILE.");
            assertThat(unavailable.action()).contains("docs/iam.md", "Migrate retries");
            assertThat(unavailable.getCause()).hasMessageContaining("Unable to load credentials from any");
        }
    }

    /** The real provider of the SDK, with a profile as AWS IAM Identity Center or a role needs it. */
    @ParameterizedTest
    @CsvSource({
        "sso, awssdk:sso and software.amazon.awssdk:ssooidc,"
                + "sso_start_url=https://x.example sso_region=us-east-2 sso_account_id=1 sso_role_name=r",
        "sts, software.amazon.awssdk:sts, role_arn=arn:aws:iam::1:role/r source_profile=base",
    })
    void tellsWhichModuleOfTheSdkAProfileNeeds(String module, String dependency, String profile) {
        String file = "[base]\naws_access_key_id=a\naws_secret_access_key=b\n[dev]\n" + profile.replace(' ', '\n');
        AwsCredentialsProvider ofProfile = ProfileCredentialsProvider.builder()
                .profileName("dev")
                .profileFile(ProfileFile.builder()
                        .type(ProfileFile.Type.CREDENTIALS)
                        .content(file)
                        .build())
                .build();
        for (AwsCredentialsProvider provider : List.of(
                ofProfile, AwsCredentialsProviderChain.of(ofProfile, SystemPropertyCredentialsProvider.create()))) {
            try (S3ObjectStore store = S3ObjectStore.connect(
                    Settings.parse("s3://my-ledgers/cars"), new Connection(ENDPOINT, "us-east-2", true), provider)) {
                StoreException unavailable =
                        catchThrowableOfType(StoreException.class, () -> store.read("dev/ledger.json"));
                assertThat(unavailable)
                        .isInstanceOf(
                                provider == ofProfile
                                        ? NonTransientStoreException.class
                                        : StoreUnavailableException.class);
                assertThat(unavailable)
                        .hasMessageContaining("the '" + module + "' service module")
                        .hasMessageNotContaining("sign in");
                assertThat(unavailable.action()).contains(dependency);
            }
        }
    }

    @Test
    void anEndpointOfCredentialsThatTakesNoConnectionIsNotTakenForS3() {
        AwsCredentialsProvider late = () -> {
            throw SdkClientException.create("Failed to load credentials from IMDS.", new ConnectException("refused"));
        };
        try (S3ObjectStore store = S3ObjectStore.connect(
                Settings.parse("s3://my-ledgers/cars"), new Connection(ENDPOINT, "us-east-2", true), late)) {
            assertThatThrownBy(() -> store.read("dev/ledger.json"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("No AWS credentials found");
        }
    }

    private static S3ObjectStore connect(URI endpoint) {
        return S3ObjectStore.connect(Settings.parse("s3://bucket"), new Connection(endpoint, "us-east-2", true));
    }

    private static Region region(Connection connection) {
        try (S3Client client = S3ClientFactory.create(
                connection, AnonymousCredentialsProvider.create(), S3ClientFactory.CALL_TIMEOUT)) {
            return client.serviceClientConfiguration().region();
        }
    }

    private static void assumeEmptyEnvironment() {
        assumeTrue(
                Stream.of(
                                "REGION",
                                "ACCESS_KEY_ID",
                                "WEB_IDENTITY_TOKEN_FILE",
                                "PROFILE",
                                "CONTAINER_CREDENTIALS_RELATIVE_URI",
                                "CONTAINER_CREDENTIALS_FULL_URI")
                        .allMatch(name -> System.getenv("AWS_" + name) == null),
                "an environment variable of AWS names what this test wants to be missing");
    }

    private static <T> T with(Map<String, String> properties, Supplier<T> work) {
        Map<String, String> before = new HashMap<>();
        properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            return work.get();
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }
}
