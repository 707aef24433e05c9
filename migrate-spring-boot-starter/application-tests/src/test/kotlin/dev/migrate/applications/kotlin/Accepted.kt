package dev.migrate.applications.kotlin

import dev.migrate.Migration
import dev.migrate.MigrationAction
import dev.migrate.MigrationContext
import dev.migrate.ResumableAction
import dev.migrate.spring.fixtures.ExecutedActions
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.core.env.Environment
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.transaction.annotation.Transactional
import org.springframework.transaction.support.TransactionSynchronizationManager

/** A type of which the application has no bean. */
class Missing

@Migration("0001", environments = ["accepted"])
data class DataClass(val jdbc: JdbcTemplate) : MigrationAction {
    override fun migrate() = ExecutedActions.note("data class ${jdbc.fetchSize}")
}

@Migration("0002", environments = ["accepted"])
class WithCompanion(private val environment: Environment) : MigrationAction {
    companion object {
        private const val NAME = "companion"
    }

    override fun migrate() = ExecutedActions.note(NAME + environment.getProperty("none", ""))
}

@Migration("0003", environments = ["accepted"])
class NullableAndDefaulted(
    private val jdbc: JdbcTemplate,
    private val missing: Missing?,
    private val limit: Int = 7,
) : MigrationAction {
    override fun migrate() = ExecutedActions.note("nullable $missing, defaulted $limit, ${jdbc.fetchSize}")
}

@Migration("0004", environments = ["accepted", "all-defaults"])
class AllDefaults(
    private val jdbc: JdbcTemplate? = null,
    private val limit: Int = 7,
) : MigrationAction {
    override fun migrate() = ExecutedActions.note("all defaults ${jdbc?.fetchSize} $limit")
}

@Migration("0005", environments = ["accepted"])
internal class InternalClass : MigrationAction {
    override fun migrate() = ExecutedActions.note("internal")
}

class Outer {
    @Migration("0006", environments = ["accepted"])
    class Nested : MigrationAction {
        override fun migrate() = ExecutedActions.note("nested")
    }
}

@Migration("0007", environments = ["accepted"])
class Resumable : ResumableAction {
    override fun migrate(context: MigrationContext) {
        context.saveCheckpoint("1")
        ExecutedActions.note("resumable ${context.lastCheckpoint().get()}")
    }
}

@Configuration(proxyBeanMethods = false)
class Beans {
    @Bean
    @Migration("0008", environments = ["accepted"])
    fun lambda(jdbc: JdbcTemplate) = MigrationAction { ExecutedActions.note("lambda ${jdbc.fetchSize}") }
}

@Migration("0009", environments = ["accepted"])
open class OpenInTransaction : MigrationAction {
    @Transactional
    override fun migrate() =
        ExecutedActions.note("transaction ${TransactionSynchronizationManager.isActualTransactionActive()}")
}
