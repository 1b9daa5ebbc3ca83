package demo

// Services without content yet.

type (
	lambdaState struct{}
	emrState    struct{}
)

func newLambdaState(*Account) *lambdaState { return &lambdaState{} }
func newEMRState(*Account) *emrState       { return &emrState{} }

func registerLambda(*router) {}
func registerLogs(*router)   {}
func registerEMR(*router)    {}
