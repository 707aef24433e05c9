package dev.migrate.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.s3.S3ObjectStore.Settings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, bucket, '', s3://bucket",
        "s3://bucket/, bucket, '', s3://bucket",
        "s3://my.bucket-1/cars, my.bucket-1, cars, s3://my.bucket-1/cars",
        "s3://bucket/team=a/cars/, bucket, team=a/cars, s3://bucket/team=a/cars",
        "s3://Old_Bucket/a/b/c, Old_Bucket, a/b/c, s3://Old_Bucket/a/b/c"
    })
    void readsBucketAndPrefix(String uri, String bucket, String prefix, String told) {
        Settings settings = Settings.parse(uri);

        assertThat(settings.bucket()).isEqualTo(bucket);
        assertThat(settings.prefix()).isEqualTo(prefix);
        assertThat(settings).hasToString(told);
        assertThat(settings.kmsKeyId()).isNull();
        assertThat(settings.expectedBucketOwner()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "bucket/cars, does not begin with s3://",
                "S3://bucket/cars, does not begin with s3://",
                "https://bucket.s3.amazonaws.com/cars, does not begin with s3://",
                "s3://, '' is no name for a bucket",
                "s3:///cars, '' is no name for a bucket",
                "s3://bucket?region=x, 'bucket?region=x' is no name for a bucket",
                "s3://logs--use1-az4--x-s3/cars, is a directory bucket",
                "s3://bucket//cars, has an empty part",
                "s3://bucket/cars//x, has an empty part",
                "s3://bucket/../cars, has the part '..'",
                "s3://bucket/./cars, has the part '.'",
                "s3://bucket/a\\b, has the part 'a\\b'",
                "s3://bucket/ca rs, has the part 'ca rs'",
                "s3://bucket/cars?x=1, has the part 'cars?x=1'",
                "s3://bucket/%2e%2e, has the part '%2e%2e'"
            })
    void saysWhatIsWrongWithAnythingElse(String uri, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(uri))
                .withMessageContaining("'" + uri + "' is no place in S3")
                .withMessageContaining(why)
                .withMessageContaining("Write s3://bucket/prefix");
    }

    @Test
    void keepsTheRestWhenOneThingIsSet() {
        Settings settings =
                Settings.parse("s3://bucket/cars").withKmsKeyId("key").withExpectedBucketOwner("123456789012");

        assertThat(settings).isEqualTo(new Settings("bucket", "cars", "key", "123456789012"));
        assertThat(settings.withKmsKeyId(null).kmsKeyId()).isNull();
    }

    @Test
    void userInformationInAnAddressIsRefusedAndNotShown() {
        for (String uri :
                new String[] {"s3://user:S3CR3T@bucket/cars", "s3://S3CR3T@bucket", "http://u:S3CR3T@bucket"}) {
            assertThatThrownBy(() -> S3ObjectStore.Settings.parse(uri))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("S3CR3T");
        }
        for (String uri :
                new String[] {"http://user:S3CR3T@host:9000", "http://S3CR3T@host", "http://u:S3@CR3T@host"}) {
            assertThatThrownBy(() -> new S3ObjectStore.Connection(URI.create(uri), null, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("user information")
                    .hasMessageNotContaining("CR3T");
        }
    }
}
